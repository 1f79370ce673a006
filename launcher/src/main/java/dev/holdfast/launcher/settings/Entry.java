package dev.holdfast.launcher.settings;

import java.nio.file.Path;

/**
 * One value before it is understood.
 *
 * @param text the value
 * @param source where it stands, as a person would say it
 * @param base what a relative path in it is relative to
 */
record Entry(String text, String source, Path base) {}
