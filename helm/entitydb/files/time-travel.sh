# Writes an entity, changes it, and reads the state before the change.
dataset="helm-test-$(date +%s)"
entity="/api/v1/datasets/$dataset/entities/traveller"
json='Content-Type: application/json'

call POST /api/v1/datasets -H "$json" -d "{\"name\":\"$dataset\"}" > /dev/null
call PUT "$entity" -H "$json" -d '{"tags":["state:before"],"content":{"n":1}}' > /dev/null
call PUT "$entity" -H "$json" -H 'If-Match: "1"' -d '{"tags":["state:after"],"content":{"n":2}}' > /dev/null

now=$(call GET "$entity?content=json")
past=$(call GET "$entity?asOf=v:1&content=json")
call DELETE "$entity" -H 'If-Match: "2"' > /dev/null
call DELETE "/api/v1/datasets/$dataset" > /dev/null

case "$now" in *'"state:after"'*'"n":2'*) ;; *) echo "wrong present: $now"; exit 1 ;; esac
case "$past" in *'"state:before"'*'"n":1'*) ;; *) echo "wrong past: $past"; exit 1 ;; esac
echo "Written, changed, and read as it was before."
