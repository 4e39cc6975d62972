# Asks the service for a backup and waits until it is made. The service itself opens and verifies it
# before it counts.
operation=$(call POST /api/v1/store/backups | member id)
echo "backup: operation $operation"
while :; do
  answer=$(call GET "/api/v1/operations/$operation")
  case "$(printf '%s' "$answer" | member state)" in
    done) echo "$answer"; break ;;
    running) sleep 2 ;;
    *) echo "$answer" >&2; exit 1 ;;
  esac
done
