package io.sealgate.core.cam;

/**
 * One statement held against one question, for explanations.
 *
 * @param statement where it stands
 * @param effect    what it does where it applies
 * @param finding   whether it does, and why not
 */
public record Review(StatementName statement, Effect effect, Finding finding) {}
