import { proxyFor } from "../../../provider/ec2/client/proxyFor";

const PROXIES = { httpProxy: "http://proxy:80", httpsProxy: "http://proxy:443" };

const proxyOf = (url: string, noProxy = "") => {
  const { protocol, hostname, port } = new URL(url);
  return proxyFor(
    { ...PROXIES, noProxy },
    { protocol, hostname, ...(port !== "" && { port: Number(port) }) },
  );
};

test("each protocol has its proxy", () => {
  expect(proxyOf("https://ec2.example.com")).toBe(PROXIES.httpsProxy);
  expect(proxyOf("http://ec2.example.com")).toBe(PROXIES.httpProxy);
  const destination = { protocol: "https:", hostname: "ec2.example.com" };
  expect(proxyFor({ httpProxy: "http://proxy:80", noProxy: "" }, destination)).toBeUndefined();
});

test.each(["http://localhost:4566", "https://127.0.0.1", "http://127.8.9.10:1", "http://[::1]:4566"])(
  "%s is this machine, and needs no proxy",
  (url) => {
    expect(proxyOf(url)).toBeUndefined();
  },
);

test.each([
  ["*", "https://ec2.example.com"],
  ["example.com", "https://example.com"],
  ["example.com", "https://ec2.example.com"],
  [".example.com", "https://ec2.example.com"],
  ["*.example.com", "https://ec2.example.com"],
  ["Example.COM", "https://EC2.example.com"],
  ["other.com, example.com", "https://example.com"],
  ["example.com:443", "https://example.com"],
  ["example.com:8443", "https://example.com:8443"],
  ["10.0.0.1", "https://10.0.0.1"],
  ["10.0.0.1:443", "https://10.0.0.1"],
  ["10.0.0.0/8", "https://10.1.2.3"],
  ["2001:db8::1", "https://[2001:db8::1]"],
  ["[2001:db8::1]:443", "https://[2001:db8::1]"],
  ["2001:db8::/32", "https://[2001:db8:1::1]"],
])("%s sends %s without a proxy", (noProxy, url) => {
  expect(proxyOf(url, noProxy)).toBeUndefined();
});

test.each([
  ["example.com", "https://notexample.com"],
  [".example.com", "https://example.com"],
  ["*.example.com", "https://example.com"],
  ["example.com:80", "https://example.com"],
  ["10.0.0.1", "https://10.0.0.10"],
  ["10.0.0.0/8", "https://11.1.2.3"],
  ["10.0.0.0/8", "https://ec2.example.com"],
  ["10.0.0.0/99", "https://10.0.0.1"],
  ["10.0.0.0/", "https://10.0.0.1"],
  ["2001:db8::/32", "https://10.0.0.1"],
  [", ,", "https://ec2.example.com"],
])("%s sends %s through the proxy", (noProxy, url) => {
  expect(proxyOf(url, noProxy)).toBe(PROXIES.httpsProxy);
});
