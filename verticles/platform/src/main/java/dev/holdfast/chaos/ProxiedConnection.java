package dev.holdfast.chaos;

import dev.holdfast.kernel.Clock;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;

/** One client's connection through a {@link FaultProxy}. Confined to the proxy's event loop. */
final class ProxiedConnection {
  private final FaultProxy proxy;
  private final NetSocket client;
  private final CommitWatch commits;
  private NetSocket server;
  private Pipe up;
  private Pipe down;
  private boolean silenced;
  private boolean losing;
  private boolean over;

  /**
   * A connection that was just accepted.
   *
   * @param commits watches for COMMIT; null where none is spoken
   */
  ProxiedConnection(FaultProxy proxy, NetSocket client, CommitWatch commits) {
    this.proxy = proxy;
    this.client = client;
    this.commits = commits;
    client.pause();
    client.exceptionHandler(broken -> end());
    client.closeHandler(closed -> clientGone());
  }

  /** The server has taken it: from now on both sides hear each other. */
  void join(Vertx vertx, Clock clock, NetSocket upstream) {
    server = upstream;
    if (over) {
      server.close();
      return;
    }
    up = new Pipe(vertx, clock, client, server, proxy::delayMs);
    down = new Pipe(vertx, clock, server, client, proxy::delayMs);
    server.exceptionHandler(broken -> end());
    server.closeHandler(closed -> proxy.forget(this));
    server.handler(this::answer);
    server.endHandler(ended -> serverEnded());
    client.handler(this::question);
    client.endHandler(ended -> clientEnded());
    client.resume();
  }

  /** What either side says is lost from now on; the connection can't be mended. */
  void silence() {
    silenced = true;
    if (server == null) {
      client.handler(lost -> {});
      client.resume();
    }
  }

  boolean isSilenced() {
    return silenced;
  }

  private void question(Buffer piece) {
    if (silenced) {
      return;
    }
    if (commits != null && commits.question(piece.getBytes()) && proxy.isLosingCommits()) {
      losing = true;
    }
    up.take(piece);
  }

  private void answer(Buffer piece) {
    if (silenced) {
      return;
    }
    int committed = commits == null ? -1 : commits.answer(piece.getBytes());
    if (losing && committed >= 0) {
      proxy.commitLost();
      silenced = true;
      client.write(piece.slice(0, committed)).onComplete(written -> reset());
    } else {
      down.take(piece);
    }
  }

  private void clientEnded() {
    if (!silenced) {
      up.end();
    }
  }

  private void serverEnded() {
    if (!silenced) {
      down.end();
    }
  }

  /** A server that was reached is told by the end of what the client said, or not at all. */
  private void clientGone() {
    over = true;
    if (server == null) {
      proxy.forget(this);
    }
  }

  /** One side broke off, so the other is of no use. */
  private void end() {
    if (!silenced) {
      reset();
    }
  }

  /** Ends both sides at once, without a farewell. */
  void reset() {
    over = true;
    proxy.forget(this);
    reset(client);
    if (server != null) {
      reset(server);
    }
  }

  /** Ends one side; it may have ended already. */
  static void reset(NetSocket socket) {
    Channel channel = ((NetSocketInternal) socket).channelHandlerContext().channel();
    if (channel.isOpen()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
      socket.close();
    }
  }
}
