# Fills an empty volume from a backup. What is restored gets its name when it is whole; what has the name
# is never touched.
if [[ -e "$DATA/store" ]]; then
  echo "The volume has a store: nothing is restored."
  exit 0
fi
rm -rf "$DATA/restoring"
at=()
[[ -z "$RESTORE_AT" ]] || at=(--at "$RESTORE_AT")
java -jar /app/entitydb.jar restore "$RESTORE_FROM" "$DATA/restoring" "${at[@]}"
mv "$DATA/restoring" "$DATA/store"
