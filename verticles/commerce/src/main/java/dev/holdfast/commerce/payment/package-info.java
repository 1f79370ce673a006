/**
 * Authorising, capturing, voiding and refunding, and the ledger of it.
 *
 * <p>Owns the schema {@code payment}: one payment an order, one operation for everything that the
 * provider was asked for, and a double-entry ledger. Tells {@code PaymentAuthorised}, {@code
 * PaymentDeclined}, {@code PaymentVoided}, {@code PaymentCaptured}, {@code PaymentRefunded}; hears
 * no events. Hears the provider's notices as commands ({@link
 * dev.holdfast.commerce.payment.PaymentNotices}).
 *
 * <p><b>Asking the provider.</b> Every command but a notice without news is a call outside: the
 * first pass writes the operation as {@code ASKED}, the call is made under a key that follows from
 * it ({@link dev.holdfast.commerce.payment.OperationKey}), the second pass writes what the provider
 * said. A command that finds its operation {@code ASKED} asks the provider by key first; one that
 * finds it settled, by a notice or by reconciliation, answers from it. A decline is a refusal that
 * leaves a trace: the operation and the payment say {@code DECLINED}.
 *
 * <p><b>Taking back.</b> The undo of an authorisation sets it to {@code TURNING_BACK}, asks by key
 * and voids what it finds. What is not found is {@code VOIDED} and stays on the watch list (its
 * {@code check_at}) until {@code watch_until}, longer than a call can still arrive; what turns up
 * by then is voided. An answer that comes for an authorisation which is turning back or voided is
 * kept on the operation and starts that void. So nothing stays authorised for an order that was
 * taken back, whichever way forward command, undo, answers and late arrivals are interleaved.
 *
 * <p><b>Limits.</b> Captures together at most what is authorised, refunds at most what is captured;
 * what is asked and not yet answered counts as used. An amount of zero is never asked of the
 * provider. The rows' CHECKs stand behind the rules.
 *
 * <p><b>Ledger.</b> Signed minor units, debits positive; each transaction sums to zero.
 *
 * <table>
 *   <caption>Postings</caption>
 *   <tr><th>authorise</th><td>authorised +a, customer −a</td></tr>
 *   <tr><th>void</th><td>authorised −a, customer +a</td></tr>
 *   <tr><th>capture</th><td>customer +a, authorised −a, provider +a, sales −a</td></tr>
 *   <tr><th>refund</th><td>refunds +a, provider −a</td></tr>
 * </table>
 *
 * <p>So the balance of {@code authorised} is what the provider holds for us, the debits on {@code
 * provider} are what was captured, its credits what was refunded, and its balance is what the
 * provider owes us.
 *
 * <p><b>Reconciliation</b> ({@link dev.holdfast.commerce.payment.PaymentAgent#reconciliation}) asks
 * about every operation whose {@code check_at} has come. {@link
 * dev.holdfast.commerce.payment.PaymentBooks} compares the provider's books with ours on demand.
 *
 * <p>Limits: 200 orders a round of reconciliation, 16 asked at once; pages of 500 movements when
 * books are compared, 100 differences named.
 */
package dev.holdfast.commerce.payment;
