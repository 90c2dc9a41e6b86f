/** A failure the person can act on: its message says what was tried and what to do, so no stack trace is shown. */
export class Problem extends Error {}

/** @param {unknown} error */
export const messageOf = (error) => (error instanceof Error ? error.message : String(error))

/** One line of progress. It goes to stderr, so that stdout belongs to the application.
 * @param {string} line */
export const say = (line) => {
  process.stderr.write(`topicscope: ${line}\n`)
}

/** Runs a script's main function: its number is the exit code, a Problem is shown as plain text.
 * @param {() => Promise<number>} main */
export const runScript = async (main) => {
  try {
    process.exitCode = await main()
  } catch (error) {
    if (error instanceof Problem) say(error.message)
    else console.error(error)
    process.exitCode = 1
  }
}
