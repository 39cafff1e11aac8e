/** Docker Official Images, present and past: github.com/docker-library/official-images, folder `library`. */
const names = `adminer aerospike almalinux alpine alt amazoncorretto amazonlinux api-firewall arangodb archlinux backdrop
bash bonita buildpack-deps busybox caddy cassandra celery centos chronograf cirros clearlinux clefos clojure composer
consul convertigo couchbase couchdb crate crux dart debian django docker docker-dev drupal eclipse-mosquitto
eclipse-temurin eggdrop elasticsearch elixir emqx erlang euleros express-gateway fedora flink fluentd fsharp gazebo gcc
geonetwork ghost glassfish golang gradle groovy haproxy haskell haxe hello-seattle hello-world hipache hitch hola-mundo
httpd hylang ibmjava influxdb iojs irssi java jenkins jetty jobber joomla jruby julia kaazing-gateway kapacitor kibana
known kong krakend lightstreamer liquibase logstash mageia mariadb matomo maven mediawiki memcached mono mongo
mongo-express monica mysql nats nats-streaming neo4j neurodebian nextcloud nginx node notary nuxeo odoo open-liberty
openjdk opensuse oraclelinux orientdb owncloud percona perl photon php php-zendserver phpmyadmin piwik plone
postfixadmin postgres pypy python r-base rabbitmq rails rakudo-star rapidoid redis redmine registry rethinkdb
rocket.chat rockylinux ros ruby rust sapmachine satosa scratch sentry silverpeas sl solr sonarqube sourcemage spark
spiped storm swarm swift swipl telegraf teamspeak thrift tomcat tomee traefik ubuntu ubuntu-debootstrap ubuntu-upstart
unit varnish vault websphere-liberty wordpress xwiki yourls znc zookeeper`;

export const officialImages: ReadonlySet<string> = new Set(names.split(/\s+/));
