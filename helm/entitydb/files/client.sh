# The answer's member of that name, of text or number: "member accessToken".
member() { sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\)\"\{0,1\}.*/\1/p" | head -n 1; }

# Calls the service: "call GET /api/v1/store [options of curl]".
call() {
  method=$1 path=$2
  shift 2
  $CURL -X "$method" -H "@$WORK/authorization" "$@" "$URL$path"
}

# Secrets go from file to file and to the standard input, so that no list of processes shows them.
if [ -f "$SECRETS/api-key" ]; then
  token=$(cat "$SECRETS/api-key")
else
  token=$(printf '{"username":"admin","password":"%s"}' "$(cat "$SECRETS/admin-password")" \
    | $CURL -X POST -H 'Content-Type: application/json' --data-binary @- "$URL/api/v1/auth/tokens" | member accessToken)
fi
[ -n "$token" ] || { echo "no token: is the password in the Secret still that of admin?" >&2; exit 1; }
printf 'Authorization: Bearer %s\n' "$token" > "$WORK/authorization"
