/**
 * How long a test may take, and its hooks: the only deadline there is, so that whatever a test waits for has all the time
 * that the test has. Far more than the longest needs, because a busy machine is no defect; a test that hangs costs it once.
 */
export const testTimeoutMs = 300_000
