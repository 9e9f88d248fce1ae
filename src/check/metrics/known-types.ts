/**
 * What metrics are by their names: by words that no counter ends in, and by what well-known exporters are known to
 * expose. Nothing is said of a name that could be either.
 */

/** The type that the name tells; undefined where it tells none. */
export function typeByName(metric: string): "counter" | "gauge" | undefined {
  const name = metric.replaceAll(".", "_");
  if (GAUGES.some((pattern) => pattern.test(name))) return "gauge";
  if (COUNTERS.some((pattern) => pattern.test(name))) return "counter";
  if (SUFFIX.test(name)) return undefined;
  return isOfStrictSystem(name) || GAUGE_WORDS.test(name) || GAUGE_BEGINS.test(name) ? "gauge" : undefined;
}

const SUFFIX = /_(total|count|sum|bucket)$/;

/** Gauges that end like counters, and others of systems whose counters have no ending of their own. */
const GAUGES: readonly RegExp[] = [
  /^up$/,
  /^probe_/,
  /^envoy_cluster_membership_/,
  /^kafka_(brokers|broker_info|topic_partitions|topic_partition_(in_sync_replica|leader|leader_is_preferred|replicas|under_replicated_partition)|consumergroup_members)$/,
  /^pg_(stat_activity_|locks_count|settings_|database_size_|replication_lag|stat_database_numbackends)/,
  /^mysql_global_(variables_|status_(threads_(connected|running|cached)|open_(tables|files)|max_used_connections))/,
  /^nv_(gpu_(utilization|memory|power)|cpu_(utilization|memory)|inference_pending_request_count)/,
  /^DCGM_FI_.*_(UTIL|USED|FREE|RESERVED|TEMP|POWER_USAGE|CLOCK|ACTIVE|XID_ERRORS)$/,
  /^nginx_connections_(reading|writing)$/,
  /^process_(start_time|resident_memory|virtual_memory|open_fds|max_fds)/,
];

/** Counters that do not end like one, as their exporters name them. */
const COUNTERS: readonly RegExp[] = [
  /^node_(netstat|vmstat|zfs)_(?!.*_(?:size|CurrEstab|c|p|dirty|writeback|free_pages)$)/,
  /^pg_stat_(database_(xact_(commit|rollback)|blks_(hit|read)|tup_\w+|deadlocks|conflicts|temp_(bytes|files))|user_tables_n_tup_(ins|upd|del))$/,
  /^mysql_global_status_(queries|questions|connections|slow_queries|aborted_(clients|connects)|bytes_(received|sent))$/,
  /^nginx_(ingress_controller_requests|connections_(accepted|handled))$/,
  /^envoy_(cluster_upstream|http_downstream|listener_http_downstream)_rq(_xx|_total|_completed|_timeout|_retry|_[45]xx)?$/,
  /^kafka_(topic_partition|consumergroup)_current_offset(_sum)?$/,
  /^temporal_(request|long_request)(_failure)?$/,
  /^tgi_request_(count|success|failure)$/,
  /^nv_inference_(count|exec_count|request_(success|failure))$/,
  /^container_memory_failcnt$/,
  /^kong_bandwidth(_bytes)?$/,
];

/** Whose counters all end in `_total`, `_count`, `_sum` or `_bucket`. */
const STRICT =
  /^(node|kube|process|go|jvm|container|hikaricp|redis|apiserver|coredns|kubelet|workqueue|rest_client|controller_runtime|etcd|argocd|litellm|traefik|istio|haproxy|celery|vllm:|sglang:)/;
const NOT_STRICT =
  /^(node_(netstat|vmstat|zfs|ethtool|snmp|perf|bcache)_|container_memory_failcnt$|kube_customresource_)/;

function isOfStrictSystem(name: string): boolean {
  const [system = ""] = STRICT.exec(name) ?? [];
  return system !== "" && /^[_:]/.test(name.slice(system.replace(/:$/, "").length)) && !NOT_STRICT.test(name);
}

/** How many there are of something at the moment. */
const GAUGE_BEGINS =
  /(^|_)(in_?flight|concurrent|active|pending|open)_(requests|connections|sessions|queries|calls|streams|jobs|tasks)$/;

/** Last words of what goes up and down. */
const GAUGE_WORDS =
  /_(created|info|ratio|percent|percentage|pct|perc|rate|per_second|rps|qps|timestamp|timestamp_seconds|start_time_seconds|expiry_seconds|age_seconds|uptime|uptime_seconds|avg|average|mean|median|min|minimum|max|maximum|p\d\d+|depth|length|size|lag|backlog|pending|waiting|running|active|idle|inflight|in_flight|in_use|active_requests|active_connections|connected_clients|open_connections|available|unavailable|ready|unready|healthy|unhealthy|replicas|goroutines|threads|free|remaining|capacity|headroom|utili[sz]ation|saturation|temperature|celsius|volts|watts|load1|load5|load15|memory_bytes|resident_bytes)$/;
