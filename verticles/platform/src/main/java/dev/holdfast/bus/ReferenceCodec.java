package dev.holdfast.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/** Hands a message over by reference; refuses to leave the process. */
final class ReferenceCodec<T> implements MessageCodec<T, T> {
  private final String name;

  ReferenceCodec(Class<T> type) {
    this.name = "holdfast." + type.getSimpleName();
  }

  @Override
  public T transform(T message) {
    return message;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void encodeToWire(Buffer buffer, T message) {
    throw new UnsupportedOperationException(name + " stays inside its process");
  }

  @Override
  public T decodeFromWire(int position, Buffer buffer) {
    throw new UnsupportedOperationException(name + " stays inside its process");
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
