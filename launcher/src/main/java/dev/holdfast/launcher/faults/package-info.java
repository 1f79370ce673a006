/**
 * Faults on purpose in this process, in development and tests: what each fault does to the parts of
 * a platform ({@link dev.holdfast.launcher.faults.PlatformInjector}), on a loop that is none of the
 * platform's. In production there is nothing of it.
 */
package dev.holdfast.launcher.faults;
