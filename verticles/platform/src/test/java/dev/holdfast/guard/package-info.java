/**
 * Tests of the guard.
 *
 * <p>E-025 lists sixteen cases of a breaker; each has one test, in {@link
 * dev.holdfast.guard.BreakerTest}:
 *
 * <table>
 * <caption>The sixteen cases</caption>
 * <tr><td>initial closed</td><td>{@code it_begins_closed}</td></tr>
 * <tr><td>success in closed</td><td>{@code a_success_passes_and_leaves_it_closed}</td></tr>
 * <tr><td>opens at threshold</td><td>{@code it_opens_at_the_threshold_and_not_before}</td></tr>
 * <tr><td>half-open after timeout</td><td>{@code it_is_half_open_after_its_time}</td></tr>
 * <tr><td>closes after success</td>
 *     <td>{@code it_closes_after_as_many_successes_as_it_has_probes}</td></tr>
 * <tr><td>reopens on failure</td>
 *     <td>{@code it_opens_again_at_the_first_failed_probe_and_for_longer}</td></tr>
 * <tr><td>manual reset</td><td>{@code a_reset_closes_it_from_every_state}</td></tr>
 * <tr><td>statistics</td><td>{@code its_figures_add_up}</td></tr>
 * <tr><td>concurrent access</td>
 *     <td>{@code under_many_threads_every_call_is_counted_once}</td></tr>
 * <tr><td>bound call succeeds</td><td>{@code a_bound_call_succeeds_through_its_guard}</td></tr>
 * <tr><td>bound call opens</td><td>{@code a_bound_call_opens_its_guard}</td></tr>
 * <tr><td>bound call exposes the breaker</td><td>{@code a_bound_call_shows_its_guard}</td></tr>
 * <tr><td>new instance</td><td>{@code a_name_that_nobody_asked_for_is_a_new_guard}</td></tr>
 * <tr><td>same instance</td>
 *     <td>{@code the_same_name_is_the_same_guard_whatever_it_is_asked_for_with}</td></tr>
 * <tr><td>different names</td>
 *     <td>{@code another_name_is_another_guard_with_a_state_of_its_own}</td></tr>
 * <tr><td>reset all</td><td>{@code all_are_reset_together}</td></tr>
 * </table>
 *
 * <p>Five faults of the library's breaker, each with a test in {@link
 * dev.holdfast.guard.LibraryFaultsTest}:
 *
 * <table>
 * <caption>The five faults</caption>
 * <tr><td>a success wipes the failures counted</td>
 *     <td>{@code a_success_now_and_then_does_not_hide_eighty_percent_failures}</td></tr>
 * <tr><td>the late success of an old call closes a half-open breaker</td>
 *     <td>{@code the_late_result_of_an_old_call_neither_closes_nor_opens_a_half_open_breaker}
 *     </td></tr>
 * <tr><td>a probe that hangs keeps it half-open for ever</td>
 *     <td>{@code a_probe_that_hangs_is_a_failure_at_its_deadline}</td></tr>
 * <tr><td>a window of less than a second disables it</td>
 *     <td>{@code a_window_of_less_than_a_second_counts}</td></tr>
 * <tr><td>a second opening leaves the first one's timer running</td>
 *     <td>{@code the_timer_of_an_earlier_opening_does_not_end_a_later_one}</td></tr>
 * </table>
 *
 * <p>{@link dev.holdfast.guard.ListedCasesTest} counts their tags. What threads share is explored
 * by {@link dev.holdfast.guard.SharedByThreadsTest}.
 */
package dev.holdfast.guard;
