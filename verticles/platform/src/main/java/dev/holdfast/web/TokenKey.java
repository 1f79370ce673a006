package dev.holdfast.web;

import dev.holdfast.kernel.Secret;
import io.vertx.ext.auth.PubSecKeyOptions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/**
 * A key that tokens are checked with, and perhaps signed.
 *
 * @param id the token header's {@code kid}
 * @param algorithm the only algorithm it is used with
 * @param verifying the shared secret, or the public key in PEM
 * @param signing the private key in PEM (PKCS 8); for HS256 the secret itself; empty when others
 *     issue the tokens
 */
public record TokenKey(String id, Algorithm algorithm, Secret verifying, Optional<Secret> signing) {

  private static final int SECRET_BYTES_MIN = 32;
  private static final int SECRET_DISTINCT_MIN = 8;
  private static final int RSA_BITS_MIN = 2048;

  /** The algorithms that are accepted at all. */
  public enum Algorithm {
    HS256("HS256"),
    RS256("RS256"),
    EDDSA("EdDSA");

    private final String text;

    Algorithm(String text) {
      this.text = text;
    }

    /** As it stands in a token's header. */
    public String text() {
      return text;
    }
  }

  /**
   * @throws IllegalArgumentException when the key is too weak or can't be read; the message names
   *     the key's id and never the key
   */
  public TokenKey {
    Objects.requireNonNull(algorithm, "algorithm");
    if (id == null || id.isBlank() || id.length() > 64) {
      throw new IllegalArgumentException("a token key needs an id of 1 to 64 characters");
    }
    switch (algorithm) {
      case HS256 -> checkSecret(id, verifying);
      case RS256 -> checkRsa(id, verifying);
      case EDDSA -> publicKey(id, "Ed25519", verifying);
    }
  }

  /** A shared secret of at least 256 bits, which both signs and verifies. */
  public static TokenKey shared(String id, Secret secret) {
    return new TokenKey(id, Algorithm.HS256, secret, Optional.of(secret));
  }

  private static void checkSecret(String id, Secret secret) {
    if (secret.bytes() < SECRET_BYTES_MIN) {
      throw new IllegalArgumentException(
          "token key " + id + " needs a secret of at least " + SECRET_BYTES_MIN + " bytes");
    }
    if (secret.reveal().chars().distinct().count() < SECRET_DISTINCT_MIN) {
      throw new IllegalArgumentException("token key " + id + " is too easy to guess");
    }
  }

  private static void checkRsa(String id, Secret pem) {
    if (publicKey(id, "RSA", pem) instanceof RSAPublicKey key
        && key.getModulus().bitLength() >= RSA_BITS_MIN) {
      return;
    }
    throw new IllegalArgumentException(
        "token key " + id + " needs at least " + RSA_BITS_MIN + " bits");
  }

  private static PublicKey publicKey(String id, String algorithm, Secret pem) {
    String text = pem.reveal().strip();
    String begin = "-----BEGIN PUBLIC KEY-----";
    String end = "-----END PUBLIC KEY-----";
    if (!text.startsWith(begin) || !text.endsWith(end)) {
      throw new IllegalArgumentException("token key " + id + " is not a public key in PEM");
    }
    String body = text.substring(begin.length(), text.length() - end.length());
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(body);
      return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
      // Without the cause: it may quote the key.
      throw new IllegalArgumentException(
          "token key " + id + " is not a public " + algorithm + " key");
    }
  }

  PubSecKeyOptions verifyingOptions() {
    return options(verifying);
  }

  PubSecKeyOptions options(Secret material) {
    return new PubSecKeyOptions()
        .setId(id)
        .setAlgorithm(algorithm.text())
        .setBuffer(material.reveal());
  }
}
