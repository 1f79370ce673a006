package dev.holdfast.postgres;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.internal.Connection;
import io.vertx.sqlclient.internal.SqlConnectionInternal;

/**
 * Drops the socket under a borrowed connection, which the driver has no call for.
 *
 * <p>A server that is stopped, or cut off by the network, answers nothing: a query waits for as
 * long as that lasts, and the driver's {@code close()} either hands the stuck connection to the
 * next borrower or waits behind the query. Dropping the socket fails every query in flight at once,
 * and the pool forgets the connection.
 *
 * <p>The only class that touches the inner parts of {@code vertx-pg-client}; it is written for
 * 5.0.8, and {@code CutIT} guards it at every other version.
 */
final class Cut {
  private Cut() {}

  /**
   * Drops the socket, now. Queries in flight and queued fail with a closed connection; the pool
   * never lends the connection again and may open another in its place. Returns the lease as well,
   * so the caller must not close the connection. Doing it twice does no harm.
   *
   * @param connection borrowed from a pool; from any thread
   */
  static void drop(SqlConnection connection) {
    Channel channel = channel(connection);
    channel
        .eventLoop()
        .execute(
            () -> {
              closeAtHead(channel);
              // The pool hears of the closed socket in a task that close() has just queued on this
              // loop. A lease returned before it would lend the dead connection to whoever waits.
              channel.eventLoop().execute(connection::close);
            });
  }

  /** Whether the socket is still connected, as far as this side knows. */
  static boolean isOpen(SqlConnection connection) {
    return channel(connection).isActive();
  }

  private static void closeAtHead(Channel channel) {
    // Closing from the first handler goes straight to the transport. Channel.close() would pass the
    // driver's encoder, which writes a farewell first and waits for it.
    ChannelHandlerContext first = channel.pipeline().firstContext();
    ChannelFuture ignored = first == null ? channel.close() : first.close();
  }

  private static Channel channel(SqlConnection connection) {
    Connection pooled = ((SqlConnectionInternal) connection).unwrap();
    SocketConnectionBase socket = (SocketConnectionBase) pooled.unwrap();
    return socket.socket().channelHandlerContext().channel();
  }
}
