/**
 * How long a test may take, and its hooks: the only deadline there is, so that whatever a test waits for has all the time
 * that the test has. Far more than the longest needs, because a busy machine is no defect; a test that hangs costs it once.
 */
export const testTimeoutMs = 300_000

/**
 * How often a test that failed is tried again: never, unless the environment asks for it as .ci/run does, where one busy moment in
 * ten thousand tests would turn away the work of days. What passes only then is named at the end of the run.
 */
export const testRetries = Number(process.env.TEST_RETRIES ?? 0)
