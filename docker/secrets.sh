#!/bin/sh
# Makes what the production stack keeps secret, once: docker/secrets/*, for nobody but the user who runs this, and
# docker/.env, which holds no secret. Doing it again makes what is missing and changes nothing else.
#
#     docker/secrets.sh [FOLDER]          (default: this script's own)
set -eu
umask 077
here=${1:-$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)}
mkdir -p "$here/secrets"
cd "$here/secrets"

random() { # $1 bytes from the system, in hexadecimal: no character that a URL or a YAML file would have to escape
    od -An -N "$1" -tx1 /dev/urandom | tr -d ' \n'
}

keep() { # writes standard input to the file $1, unless there is one; as a whole or not at all
    if [ -e "$1" ]; then
        cat > /dev/null
    else
        cat > ".$1.part"
        if [ ! -s ".$1.part" ] && [ "$1" != aws_credentials ]; then
            echo "secrets/$1 could not be made: this machine gave no random bytes" >&2
            exit 1
        fi
        mv ".$1.part" "$1"
        echo "made secrets/$1"
    fi
}

for name in elastic_password kibana_password postgres_password redis_password airflow_admin_password search_password; do
    random 24 | keep "$name"
done
for name in airflow_api_secret airflow_jwt_secret; do
    random 64 | keep "$name"
done
head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '\n' | keep airflow_fernet_key
: | keep aws_credentials # for buckets: [default], aws_access_key_id = …, aws_secret_access_key = …

printf 'postgresql+psycopg2://airflow:%s@postgres/airflow' "$(cat postgres_password)" | keep airflow_database
printf 'db+postgresql://airflow:%s@postgres/airflow' "$(cat postgres_password)" | keep airflow_results
printf 'redis://:%s@redis:6379/0' "$(cat redis_password)" | keep airflow_broker
printf 'elasticsearch.password: "%s"
xpack.encryptedSavedObjects.encryptionKey: "%s"
xpack.reporting.encryptionKey: "%s"
xpack.security.encryptionKey: "%s"
' "$(cat kibana_password)" "$(random 32)" "$(random 32)" "$(random 32)" | keep kibana_secrets.yml

cd ..
uid=$(id -u)
[ "$uid" -ne 0 ] || uid=1000 # Elasticsearch does not run as root
if [ ! -e .env ]; then
    mkdir -p raw
    cat > .env << END
# Settings of the production stack; secrets are in secrets/. See README.md.
# Whose files the secrets are: the services run as this user.
FIHRIST_UID=$uid
# Folder of raw files on this machine, a folder below it for each outlet.
FIHRIST_RAW=./raw
END
    [ "$(id -u)" -ne 0 ] || chown "$uid" raw
    echo "made .env"
fi
[ "$(id -u)" -ne 0 ] || chown -R "$uid" secrets
