package dev.holdfast.alert;

import java.util.Optional;

/**
 * Where the pages of {@code docs/operations} are served.
 *
 * @param address with the last slash; empty when they are not served
 */
public record Runbooks(String address) {
  /** The page of a condition. */
  Optional<String> of(String condition) {
    return address.isEmpty() ? Optional.empty() : Optional.of(address + condition + ".md");
  }
}
