package dev.holdfast.degradation;

/** Says before a request is begun whether it could be kept. Answers from memory, on any thread. */
@FunctionalInterface
public interface AdmissionControl {
  /** Everything may begin. */
  AdmissionControl ALWAYS = (agent, operation, writes) -> Admission.ACCEPT;

  /**
   * Whether a request may begin now.
   *
   * @param agent whose command or question it is
   * @param operation what is asked, such as {@code placeOrder}; only operations that can be kept as
   *     intents are ever answered {@link Admission.AsIntent}
   * @param writes whether it changes state; what only reads is refused for its feature alone
   */
  Admission admit(String agent, String operation, boolean writes);
}
