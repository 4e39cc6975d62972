# The answer's member of that name, of text or number: "member accessToken".
member() { sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\)\"\{0,1\}.*/\1/p" | head -n 1; }

# Calls the service as admin: "call GET /api/v1/store [options of curl]". The password is read from a
# file and goes to the standard input, so that no list of processes shows it.
call() {
  method=$1 path=$2
  shift 2
  $CURL -X "$method" -H "Authorization: Bearer $TOKEN" "$@" "$URL$path"
}

TOKEN=$(printf '{"username":"admin","password":"%s"}' "$(cat /run/secrets/entitydb/admin-password)" \
  | $CURL -X POST -H 'Content-Type: application/json' --data-binary @- "$URL/api/v1/auth/tokens" | member accessToken)
