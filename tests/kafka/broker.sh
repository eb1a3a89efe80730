#!/bin/sh
# Starts one Apache Kafka broker for tests, on free ports of the loopback interface, in KRaft mode.
#
#   tests/kafka/broker.sh [FOLDER [PORT]]
#
# Prints `host:port` when the broker answers, and stops it when standard input ends: whoever
# starts this takes the broker along, however it ends. FOLDER (default: a new temporary one,
# removed at the end) holds the broker's data; the same folder and port again are the same broker.
# Needs java (17 or later) and, the first time, mvn to resolve Kafka. TALENTWIRE_KAFKA_LIB names
# the folder for the jars; default: target/kafka beside Cargo.toml.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
lib=${TALENTWIRE_KAFKA_LIB:-$here/../../target/kafka}
say() { echo "broker.sh: $*" >&2; }

for tool in java mvn; do
    command -v "$tool" > /dev/null || { say "$tool is not on the PATH"; exit 1; }
done

# Resolved once per version of pom.xml; into a folder of its own first, so that two at a time, or
# one that is stopped half-way, leave no half a Kafka behind.
stamp=$(cksum < "$here/pom.xml" | tr ' ' '-')
jars=$lib/$stamp
if [ ! -d "$jars" ]; then
    mkdir -p "$lib"
    part=$(mktemp -d "$lib/part.XXXXXX")
    say "resolving Apache Kafka with Maven (once)"
    mvn -B -q -ntp -f "$here/pom.xml" dependency:copy-dependencies \
        -DincludeScope=runtime -DoutputDirectory="$part" >&2
    mv "$part" "$jars" 2> /dev/null || rm -rf "$part"
fi

own=
data=${1:-}
if [ -z "$data" ]; then
    data=$(mktemp -d "${TMPDIR:-/tmp}/talentwire-kafka.XXXXXX")
    own=$data
fi
mkdir -p "$data"
broker=
stop() {
    trap - EXIT INT TERM HUP
    if [ -n "$broker" ]; then
        kill "$broker" 2> /dev/null || true
        # It has nothing to save: no longer than three seconds.
        for _ in 1 2 3 4 5 6; do
            kill -0 "$broker" 2> /dev/null || break
            sleep 0.5
        done
        kill -9 "$broker" 2> /dev/null || true
        wait "$broker" 2> /dev/null || true
    fi
    [ -z "$own" ] || rm -rf "$own"
}
trap stop EXIT
# PIPE: nobody is there to read the address any more.
trap 'exit 1' INT TERM HUP PIPE

# Two free ports: asked of the system by a program of one line.
cat > "$data/Ports.java" <<'JAVA'
class Ports {
    public static void main(String[] none) throws Exception {
        try (var one = new java.net.ServerSocket(0); var two = new java.net.ServerSocket(0)) {
            System.out.println(one.getLocalPort() + " " + two.getLocalPort());
        }
    }
}
JAVA
cat > "$data/log4j2.properties" <<'LOG'
rootLogger.level = WARN
rootLogger.appenderRef.err.ref = err
appender.err.type = Console
appender.err.name = err
appender.err.target = SYSTEM_ERR
appender.err.layout.type = PatternLayout
appender.err.layout.pattern = %d %p %c{1} %m%n
LOG
ports=$(java -XX:TieredStopAtLevel=1 "$data/Ports.java")
port=${2:-${ports% *}}
controller=${ports#* }

cat > "$data/server.properties" <<PROPERTIES
process.roles=broker,controller
node.id=1
listeners=PLAINTEXT://127.0.0.1:$port,CONTROLLER://127.0.0.1:$controller
advertised.listeners=PLAINTEXT://127.0.0.1:$port
controller.listener.names=CONTROLLER
controller.quorum.voters=1@127.0.0.1:$controller
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=$data/log
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
default.replication.factor=1
auto.create.topics.enable=false
# A test should not wait for members that may still come.
group.initial.rebalance.delay.ms=0
# So that the tests can see what a killed member leaves behind within their patience.
group.min.session.timeout.ms=1000
transaction.abort.timed.out.transaction.cleanup.interval.ms=1000
# The topics of many tests: small indexes.
log.index.size.max.bytes=65536
PROPERTIES

options="-Xms64m -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dlog4j2.configurationFile=$data/log4j2.properties -Dkafka.logs.dir=$data"
# The id is arbitrary: 16 bytes in base64.
# shellcheck disable=SC2086 # the options are words
java $options -cp "$jars/*" kafka.tools.StorageTool format --ignore-formatted \
    -t AAAAAAAAAAAAAAAAAAAAAQ -c "$data/server.properties" > "$data/format.out" 2>&1 \
    || { cat "$data/format.out" >&2; exit 1; }
# shellcheck disable=SC2086
java $options -cp "$jars/*" kafka.Kafka "$data/server.properties" > "$data/broker.out" 2>&1 < /dev/null &
broker=$!

# It is ready when a client of its own gets an answer.
cat > "$data/Answer.java" <<'JAVA'
class Answer {
    public static void main(String[] address) throws Exception {
        var settings = new java.util.Properties();
        settings.put("bootstrap.servers", address[0]);
        settings.put("default.api.timeout.ms", "60000");
        try (var admin = org.apache.kafka.clients.admin.Admin.create(settings)) {
            admin.describeCluster().nodes().get();
        }
    }
}
JAVA
# shellcheck disable=SC2086
if ! java $options -cp "$jars/*" "$data/Answer.java" "127.0.0.1:$port" > "$data/answer.out" 2>&1; then
    say "the broker did not start:"
    tail -n 40 "$data/broker.out" "$data/answer.out" >&2
    exit 1
fi
echo "127.0.0.1:$port"

# Until whoever started us is gone.
cat > /dev/null
