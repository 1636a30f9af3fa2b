/** What a command is read as: `METHOD target`, then header lines but for `user-agent` and `accept`; or why it is refused. */
export interface CurlCase {
  command: string;
  is: readonly string[] | { refused: RegExp };
  notes?: RegExp;
}

const uuid = "0198b1f0-0000-7000-8000-000000000001";

/** Commands as documents print them and browsers copy them. */
export const usual: readonly CurlCase[] = [
  {
    command: `curl "https://a.test/x?y=1&z=2" ^\r\n  -H "x-tenant-id: acme" ^\r\n  --compressed`,
    is: ["GET /x?y=1&z=2", "x-tenant-id: acme", "host: a.test"],
  },
  {
    command: 'curl.exe "https://a.test/" `\n  -H "x-tenant-id: acme"',
    is: ["GET /", "x-tenant-id: acme", "host: a.test"],
  },
  {
    command: `curl https://a.test -d '{"name":"O’Neil"}'`,
    is: ["POST /", "host: a.test"],
  },
  { command: "curl https://api.example.com/orders", is: ["GET /orders", "host: api.example.com"] },
  { command: "$ curl https://api.example.com", is: ["GET /", "host: api.example.com"] },
  { command: "curl api.example.com/orders", is: ["GET /orders", "host: api.example.com"] },
  { command: "/usr/bin/curl http://a.test:8080/", is: ["GET /", "host: a.test:8080"] },
  { command: "curl -s -S -L https://a.test/x?y=1&z=2", is: ["GET /x?y=1", "host: a.test"], notes: /after &/ },
  { command: "curl 'https://a.test/x?y=1&z=2'", is: ["GET /x?y=1&z=2", "host: a.test"] },
  { command: "curl https://a.test/x#part", is: ["GET /x", "host: a.test"], notes: /after #/ },
  { command: "curl 'https://a.test/x#part'", is: ["GET /x", "host: a.test"] },
  { command: "curl -sSLX POST https://a.test/x", is: ["POST /x", "host: a.test"] },
  { command: "curl -XDELETE https://a.test/x", is: ["DELETE /x", "host: a.test"] },
  { command: "curl --request PATCH --url https://a.test/x", is: ["PATCH /x", "host: a.test"] },
  { command: "curl -I https://a.test", is: ["HEAD /", "host: a.test"] },
  { command: "curl -d a=1 -d b=2 https://a.test", is: ["POST /", "host: a.test"] },
  { command: "curl -G -d q=x https://a.test/s", is: ["GET /s", "host: a.test"] },
  { command: `curl --json '{"a":1}' https://a.test`, is: ["POST /", "host: a.test"] },
  { command: "curl -F file=x https://a.test", is: ["POST /", "host: a.test"] },
  { command: "curl -T report.pdf https://a.test/f", is: ["PUT /f", "host: a.test"] },
  { command: "curl -d @body.json https://a.test", is: ["POST /", "host: a.test"], notes: /-d reads a file/ },
  {
    command: `curl -H 'X-Tenant-Id: ${uuid}' https://a.test`,
    is: ["GET /", "x-tenant-id: " + uuid, "host: a.test"],
  },
  {
    command: `curl -H"X-Tenant-Id:acme" --header 'Authorization: Bearer t.o.k' https://a.test`,
    is: ["GET /", "x-tenant-id: acme", "authorization: Bearer t.o.k", "host: a.test"],
  },
  {
    command: "curl -H 'X-Tenant-Id: a' -H 'X-Tenant-Id: b' https://a.test",
    is: ["GET /", "x-tenant-id: a", "x-tenant-id: b", "host: a.test"],
  },
  { command: "curl -H 'Host: b.test' https://a.test", is: ["GET /", "host: b.test"] },
  { command: "curl -H 'X-Tenant-Id;' https://a.test", is: ["GET /", "x-tenant-id: ", "host: a.test"] },
  { command: "curl -H 'X-Tenant-Id:' https://a.test", is: ["GET /", "host: a.test"] },
  { command: "curl -H 'Host:' https://a.test", is: ["GET /"] },
  {
    command: "curl -b 'session=s1; theme=dark' https://a.test",
    is: ["GET /", "cookie: session=s1; theme=dark", "host: a.test"],
  },
  {
    command: "curl --oauth2-bearer t.o.k https://a.test",
    is: ["GET /", "authorization: Bearer t.o.k", "host: a.test"],
  },
  {
    command: `curl 'https://a.test/orders' \\
  -H 'accept: */*' \\
  -H 'x-tenant-id: acme' \\
  -b 'a=b' \\
  --data-raw '{"name":"It'\\''s"}' \\
  --compressed`,
    is: ["POST /orders", "x-tenant-id: acme", "cookie: a=b", "host: a.test"],
  },
  {
    command: "curl 'https://a.test/orders' \\\r\n  -H 'x-tenant-id: acme' \\\r\n  --insecure",
    is: ["GET /orders", "x-tenant-id: acme", "host: a.test"],
    notes: /--insecure is ignored/,
  },
  {
    command: String.raw`curl 'https://a.test/' -H $'x-note: it\'s \u0021' --data-raw $'{"a":"\n"}'`,
    is: ["POST /", "x-note: it's !", "host: a.test"],
  },
  {
    command: `curl ^"https://a.test/orders^" ^\r\n  -H ^"x-tenant-id: acme^" ^\r\n  -H ^"x-note: a ^\\^"b^\\^"^"`,
    is: ["GET /orders", "x-tenant-id: acme", 'x-note: a "b"', "host: a.test"],
  },
  { command: 'curl "https://a.test/\\\nx"', is: ["GET /x", "host: a.test"] },
  {
    command: 'curl -H "Authorization: Bearer $TOKEN" https://a.test',
    is: ["GET /", "authorization: Bearer $TOKEN", "host: a.test"],
    notes: /\$TOKEN is a variable/,
  },
  { command: "curl https://a.test/x | jq .", is: ["GET /x", "host: a.test"], notes: /after \|/ },
  { command: "curl https://a.test/x > out.json", is: ["GET /x", "host: a.test"], notes: /after >/ },
  { command: "curl https://a.test/x\nrm -rf /", is: ["GET /x", "host: a.test"], notes: /Only the first/ },
  {
    command: "curl -k --resolve a.test:443:10.0.0.1 https://a.test/",
    is: ["GET /", "host: a.test"],
    notes: /-k is ignored.*--resolve is ignored/s,
  },
  {
    command: "curl -x http://proxy:3128 https://a.test",
    is: ["GET /", "host: a.test"],
    notes: /-x is ignored/,
  },
  { command: "curl https://a.test/a/../b/./c", is: ["GET /b/c", "host: a.test"] },
  { command: "curl --path-as-is https://a.test/a/../b", is: ["GET /a/../b", "host: a.test"] },
  { command: "curl --request-target /t/acme https://a.test/x", is: ["GET /t/acme", "host: a.test"] },
  { command: "curl https://ann:pw@a.test/x", is: ["GET /x", "host: a.test"], notes: /login in the address/ },
  { command: "curl https://A.Test./x", is: ["GET /x", "host: A.Test."] },
  { command: "curl https://bücher.test/", is: ["GET /", "host: xn--bcher-kva.test"] },
  { command: "curl 'http://[::1]:8080/x'", is: ["GET /x", "host: [::1]:8080"] },
  { command: "curl --no-compressed -- https://a.test", is: ["GET /", "host: a.test"] },
  { command: "curl 'https://a.test/x?ids[]=1' -g", is: ["GET /x?ids[]=1", "host: a.test"] },
];

/** What is no request, or none that may be looked at. */
export const refusedCommands: readonly CurlCase[] = [
  { command: "curl “https://a.test/” -H “x-tenant-id: acme”", is: { refused: /typographic/ } },
  { command: "curl https://a.test/ –H 'x-tenant-id: acme'", is: { refused: /typographic/ } },
  { command: "", is: { refused: /begin with curl/ } },
  { command: "wget https://a.test", is: { refused: /begin with curl/ } },
  { command: "curly https://a.test", is: { refused: /begin with curl/ } },
  { command: "; curl https://a.test", is: { refused: /begin with curl/ } },
  { command: "$(curl https://a.test)", is: { refused: /begin with curl/ } },
  { command: "`curl https://a.test`", is: { refused: /begin with curl/ } },
  { command: "curl", is: { refused: /no address/ } },
  { command: "curl -H 'X-A: b'", is: { refused: /no address/ } },
  { command: "curl https://a.test https://b.test", is: { refused: /several addresses/ } },
  { command: "curl https://a.test/[1-3]", is: { refused: /several requests/ } },
  { command: "curl 'https://a.test/{a,b}'", is: { refused: /several requests/ } },
  { command: "curl -u ann:pw https://a.test", is: { refused: /-u sends a password/ } },
  { command: "curl --user ann https://a.test", is: { refused: /--user sends a password/ } },
  { command: "curl -K config https://a.test", is: { refused: /-K is not looked at/ } },
  { command: "curl https://a.test --next https://b.test", is: { refused: /--next is not looked at/ } },
  { command: "curl --surprise https://a.test", is: { refused: /--surprise is not known/ } },
  { command: "curl --header=X https://a.test", is: { refused: /--header=X is not known/ } },
  { command: "curl -w", is: { refused: /-w has no value/ } },
  { command: "curl https://a.test -H", is: { refused: /-H has no value/ } },
  { command: "curl https://a.test -H 'X-Tenant-Id acme'", is: { refused: /A header is a line/ } },
  {
    command: String.raw`curl https://a.test -H $'X-A: b\r\nX-Tenant-Id: c'`,
    is: { refused: /control characters/ },
  },
  { command: "curl 'https://a.test", is: { refused: /quote in it does not end/ } },
  { command: 'curl "https://a.test', is: { refused: /quote in it does not end/ } },
  { command: 'curl "${a"', is: { refused: /substitution in it does not end/ } },
  { command: "curl https://a.test\0/x", is: { refused: /NUL/ } },
  { command: "curl file:///etc/passwd", is: { refused: /Only http and https/ } },
  { command: "curl gopher://a.test/x", is: { refused: /Only http and https/ } },
  { command: "curl http://", is: { refused: /no host/ } },
  { command: "curl 'http://a b/'", is: { refused: /no host/ } },
  { command: "curl -X 'GET /x HTTP/1.1' https://a.test", is: { refused: /method is no word/ } },
  { command: "curl -H @headers.txt https://a.test -H x", is: { refused: /A header is a line/ } },
  { command: `curl ${"'a' ".repeat(5000)}`, is: { refused: /several addresses/ } },
  { command: `curl ${'"'.repeat(20_001)}`, is: { refused: /quote in it does not end/ } },
  { command: "Invoke-WebRequest -Uri https://a.test", is: { refused: /begin with curl/ } },
];
