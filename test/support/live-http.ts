/** A small HTTP server inside the test: on loopback, on a free port, gone without waiting for anybody. */
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";

export interface HttpServer {
  /** `127.0.0.1:PORT`. */
  readonly address: string;
  readonly url: string;
  /** As if the process were killed: open connections are cut. */
  stop(): Promise<void>;
}

export async function startHttp(listener: RequestListener): Promise<HttpServer> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const address = `127.0.0.1:${port}`;
  return { address, url: `http://${address}`, stop: () => stopServer(server) };
}

async function stopServer(server: ReturnType<typeof createServer>): Promise<void> {
  if (!server.listening) return;
  server.close();
  server.closeAllConnections();
  await once(server, "close");
}
