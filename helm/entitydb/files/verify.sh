# Reads the newest backup from its first byte to its last, in a process that did not write it.
java -jar /app/entitydb.jar verify "$BACKUPS"
