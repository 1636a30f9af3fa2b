/** What an option does to the request; `ignored` and `file` are said to whoever asks. */
export type CurlEffect =
  | "url"
  | "method"
  | "header"
  | "cookie"
  | "agent"
  | "referer"
  | "bearer"
  | "body"
  | "json"
  | "form"
  | "upload"
  | "get"
  | "head"
  | "target"
  /** Changes where or how curl connects, and nothing of what arrives. */
  | "ignored"
  /** Changes nothing that anybody would ask about: progress, output, time limits. */
  | "silent"
  | "password"
  | "refused";

interface CurlOption {
  effect: CurlEffect;
  takesValue: boolean;
}

type Rows = readonly (readonly [CurlEffect, string])[];

const withValue: Rows = [
  ["url", "--url"],
  ["method", "-X --request"],
  ["header", "-H --header"],
  ["cookie", "-b --cookie"],
  ["agent", "-A --user-agent"],
  ["referer", "-e --referer"],
  ["bearer", "--oauth2-bearer"],
  ["body", "-d --data --data-ascii --data-binary --data-raw --data-urlencode"],
  ["json", "--json"],
  ["form", "-F --form --form-string"],
  ["upload", "-T --upload-file"],
  ["target", "--request-target"],
  ["password", "-u --user"],
  [
    "ignored",
    "--resolve --connect-to -x --proxy --proxy-header -U --proxy-user --socks4 --socks4a --socks5 --socks5-hostname --noproxy --unix-socket --abstract-unix-socket --interface --dns-servers --doh-url --cacert --capath -E --cert --cert-type --key --key-type --pass --ciphers --tls13-ciphers --tls-max --curves --pinnedpubkey --aws-sigv4 -c --cookie-jar --haproxy-clientip",
  ],
  [
    "silent",
    "-o --output --output-dir -w --write-out -m --max-time --connect-timeout --retry --retry-delay --retry-max-time -D --dump-header --stderr --trace --trace-ascii -y --speed-time -Y --speed-limit --limit-rate --max-redirs --keepalive-time --expect100-timeout -r --range -C --continue-at -z --time-cond --max-filesize --etag-save --etag-compare -t --telnet-option",
  ],
  ["refused", "-K --config --variable --expand-url --expand-header --expand-data"],
];

const alone: Rows = [
  ["get", "-G --get"],
  ["head", "-I --head"],
  [
    "ignored",
    "-k --insecure --proxy-insecure --haproxy-protocol -n --netrc --location-trusted -4 --ipv4 -6 --ipv6",
  ],
  [
    "silent",
    "-s --silent -S --show-error -v --verbose -i --include --show-headers -L --location -f --fail --fail-with-body --fail-early -# --progress-bar --no-progress-meter -N --no-buffer -O --remote-name -J --remote-header-name -R --remote-time --create-dirs --compressed --raw --tr-encoding -0 --http1.0 --http1.1 --http2 --http2-prior-knowledge --http3 --http3-only --tlsv1 --tlsv1.0 --tlsv1.1 --tlsv1.2 --tlsv1.3 -1 --ssl --ssl-reqd --tcp-nodelay --tcp-fastopen --no-keepalive --retry-all-errors --retry-connrefused -q --disable -Z --parallel --post301 --post302 --post303 -g --globoff --path-as-is --no-alpn --no-npn --no-sessionid --styled-output -M --manual",
  ],
  ["refused", "-: --next -a --append"],
];

/** The options that are known, by their spelling. */
export const curlOptions: ReadonlyMap<string, CurlOption> = new Map([
  ...optionsOf(withValue, true),
  ...optionsOf(alone, false),
]);

function optionsOf(rows: Rows, takesValue: boolean): [string, CurlOption][] {
  return rows.flatMap(([effect, names]) =>
    names.split(" ").map((name): [string, CurlOption] => [name, { effect, takesValue }]),
  );
}
