import type { Rule } from './rule.ts';

/** Reason phrases of HTTP that Go prints bare when a proxy refuses CONNECT (net/http transport.go, dialConn). */
const reasonPhrases =
  'Bad Request|Forbidden|Not Found|Method Not Allowed|Proxy Authentication (?:Required|required)|authenticationrequired|Request Timeout|Internal Server Error|Not Implemented|Bad Gateway|Service (?:Temporarily )?Unavailable|Gateway Time-?[Oo]ut|Unauthorized|Policy Falsified|Host Not Found|Host unreachable|Access Denied|Denied|Blocked|Tunnel (?:Connection )?Failed|Connection refused|Too Many Requests|Unable to connect|Connection established|URLBlocked|CONNECT denied';

/** DNS, proxy, TCP and TLS tails of Go's network stack; the same in all runtimes. */
export const networkRules: readonly Rule[] = [
  {
    name: 'proxy',
    class: 'proxy-error',
    pattern: new RegExp(
      String.raw`\bproxyconnect\b|\berror connecting to (?:the )?proxy\b|\bproxy (?:refused|rejected|denied|server (?:is )?(?:refusing|not responding))\b|\bProxy Authentication Required\b|\bproxy: (?:unknown scheme|no support|unsupported)|\bsocks connect\b|\bsocks5?: |\b(?:Get|Head|Post|GET|HEAD|POST) "?<url>"?:? (?:${reasonPhrases})$`,
    ),
    seen: 'Go net/http transport.go, all versions; a bare reason phrase is the answer to CONNECT',
  },
  { name: 'proxy-407', class: 'proxy-error', status: [407, 407], seen: 'RFC 9110 section 15.5.8' },
  {
    name: 'server-error',
    class: 'registry-5xx',
    status: [500, 599],
    seen: 'containerd core/remotes/errors, moby distribution/registry client, containers/image: an answer, whatever its body quotes',
  },
  {
    name: 'dns',
    class: 'dns',
    pattern:
      /\blookup (?:tcp\/)?[^\s:]{1,255}(?::? |: )(?:on \S{1,100}:\d+: )?|\bno such host\b|\bserver misbehaving\b|\bTemporary failure in name resolution\b|\bName or service not known\b|\bcould not resolve host\b|\bgetaddrinfo\w*\b|\bNo address associated with hostname\b|\bfailed to resolve host\b|\bunknown host\b|\bDNS (?:lookup|resolution|query)\b.{0,80}\b(?:fail|timed? ?out|refused)/i,
    when: ({ text }) => !/\bLookup failed for\b/.test(text),
    seen: 'Go net/dnsclient.go and cgo resolver, Linux and Windows; before timeout and refused, which it quotes',
  },
  {
    name: 'http-on-https',
    class: 'http-on-https',
    pattern:
      /\bserver gave HTTP response to HTTPS client\b|\btls: oversized record received with length 20527\b|\bwrong version number\b/i,
    seen: 'Go net/http ≥ 1.8, crypto/tls before; OpenSSL',
  },
  {
    name: 'tls-cert-invalid',
    class: 'tls-cert-invalid',
    pattern:
      /\bcertificate has expired\b|\bis not yet valid\b|\bcertificate is valid for\b|\bcannot validate certificate for\b|\bnot valid for any names\b|\bdoesn't contain any IP SANs\b|\blegacy Common Name\b|\bcertificate is not authorized to sign\b|\bcertificate is not standards compliant\b|\bincompatible key usage\b|\bname constraints?\b|\btoo many intermediates\b|\binsecure algorithm\b|\bunhandled critical extension\b|\bnegative serial number\b|\bx509: (?:invalid|malformed|certificate (?:name|contains|specifies)|issuer)|\bhostname (?:mismatch|doesn't match)\b|\bcertificate (?:is )?expired\b|\bexpired certificate\b/i,
    seen: 'Go crypto/x509/verify.go, all versions (1.20+ prefixes "tls: failed to verify certificate")',
  },
  {
    name: 'tls-unknown-authority',
    class: 'tls-unknown-authority',
    pattern:
      /\bsigned by unknown authority\b|\bcertificate is not trusted\b|\bself[- ]signed certificate\b|\bunable to get (?:local )?issuer certificate\b|\bfailed to load system roots\b|\bcertificate verify failed\b|\bx509: (?:certificate|failed|cannot|unable|root)|\bfailed to verify certificate\b|\bcertificate chain .{0,80}\bnot trusted\b|\bterminated in a root certificate which is not trusted\b|\bcerts\.d\/\S{1,300}\.(?:crt|cert|pem)\b.{0,60}\bno such file\b|\bunable to load (?:root |CA )?cert/i,
    seen: 'Go crypto/x509 on Linux, macOS and Windows; containerd hosts.toml and docker certs.d readers',
  },
  {
    name: 'tls-handshake',
    class: 'tls-handshake',
    pattern:
      /\bTLS handshake timeout\b|\b(?:remote|local) error: tls: |\btls: (?:first record|handshake failure|no |unsupported|server |protocol version|oversized record|unexpected message|internal error|bad record|invalid|received|peer|client|unknown|inappropriate|illegal|failed to (?:parse|sign|read|find)|either|missing|short|too many)|\bbad record MAC\b|\bEOF during handshake\b|\bSSL handshake\b|\bhandshake (?:failed|failure)\b|\bTLS connection was non-properly terminated\b|\bSSL_ERROR|\bunrecognized name\b/i,
    seen: 'Go net/http and crypto/tls alert texts, all versions',
  },
  {
    name: 'refused',
    class: 'connection-refused',
    pattern: /\bconnection refused\b|\bactively refused it\b|\bECONNREFUSED\b/i,
    seen: 'errno text, Linux and Windows',
  },
  {
    name: 'unreachable',
    class: 'network-unreachable',
    pattern:
      /\bnetwork is unreachable\b|\bno route to host\b|\bcannot assign requested address\b|\bhost is (?:down|unreachable)\b|\bnetwork is down\b|\bunreachable (?:network|host)\b|\brequested address is not valid in its context\b|\bno suitable address\b|\baddress family not supported\b|\bE(?:HOST|NET)UNREACH\b|\bpermission denied$|\bconnect: (?:operation not permitted|permission denied|invalid argument)\b|\bforbidden by its access permissions\b/i,
    when: ({ text }) => !/\bpermission denied$/.test(text) || /\b(?:dial|connect|sendto|write: )/.test(text),
    seen: 'errno text, Linux and Windows; a local firewall that rejects prints EPERM or EACCES',
  },
  {
    name: 'stalled-by-runtime',
    class: 'pull-stalled',
    pattern:
      /\bno progress (?:in|for)\b|\bpull progress\b.{0,60}\b(?:deadline|timeout|timed out)|\bimage[- ]pull[- ]progress[- ]deadline\b|\bCancel pulling image\b/i,
    seen: 'containerd ≥ 1.7 image_pull.go log, cri-dockerd and dockershim progress deadline, CRI-O pull_progress_timeout',
  },
  {
    name: 'headers-timeout',
    class: 'connect-timeout',
    pattern:
      /\bi\/o timeout\b|\bconnection timed out\b|\boperation timed out\b|\bwhile awaiting headers\b|\bwhile waiting for connection\b|\btimeout awaiting (?:response )?headers\b|\bconnected party did not properly respond\b|\bconnected host has failed to respond\b|\bsemaphore timeout\b|\bETIMEDOUT\b|\bdial tcp\S{0,2} \S{1,80}: (?:operation was canceled|context deadline exceeded|connect: operation|timeout)|\bConnection timed? out\b/i,
    seen: 'Go net and net/http, Linux and Windows',
  },
  {
    name: 'url-deadline',
    class: 'connect-timeout',
    pattern:
      /\b(?:Get|Head|Post|GET|HEAD|POST) "?<url>"?:? (?:net\/http: )?(?:context deadline exceeded|request timed? ?out|timed? ?out)|\bpinging (?:container|docker) registry \S{1,255}: .{0,40}context deadline exceeded/i,
    seen: 'Go net/http: a request with its URL',
  },
  {
    name: 'reset',
    class: 'connection-reset',
    pattern:
      /\bconnection reset\b|\bforcibly closed\b|\bbroken pipe\b|\bunexpected EOF\b|(?:: |^|")EOF(?=$|[\s",;:)\]])|\bstream error: stream ID\b|\bGOAWAY\b|\bhttp2: (?:client|server|Transport|response body|unexpected|client conn)\b|\bserver closed idle connection\b|\buse of closed network connection\b|\bconnection (?:was )?(?:aborted|closed|lost|terminated)\b|\btransport connection broken\b|\bshort read\b|\bECONNRESET\b|\bPROTOCOL_ERROR\b|\bINTERNAL_ERROR\b|\bsoftware caused connection abort\b|\bhappened during read\b|\bEOF$/i,
    when: ({ text }) => !/\bmalformed HTTP\b/.test(text),
    seen: 'Go net, net/http and http2; containerd "short read", containers/image "happened during read"',
  },
  {
    name: 'canceled',
    class: 'pull-stalled',
    pattern:
      /\bcontext cancell?ed\b|\brequest cancell?ed\b|\bcontext deadline exceeded\b|\bwhile reading body\b|\boperation was cancell?ed\b|\bcode = (?:Canceled|DeadlineExceeded)\b|\bpull (?:was )?cancell?ed\b|\bdeadline exceeded\b/i,
    seen: 'containerd image_pull_progress_timeout, kubelet runtimeRequestTimeout, cri-dockerd: no URL was waited for',
  },
];
