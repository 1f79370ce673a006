package dev.holdfast.recovery;

/** A configuration that no agent is made with. */
public final class ConfigurationRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * @param field the key that is wrong; empty when they don't go together
   * @param why the rest of a sentence that begins with the field
   */
  public ConfigurationRefused(String field, String why) {
    super((field + " " + why).strip(), null, false, false);
    this.field = field;
  }

  /** The key that is wrong; empty when they don't go together. */
  public String field() {
    return field;
  }
}
