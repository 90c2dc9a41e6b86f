import { addCounts, noCounts } from './testCounts.mjs'

/**
 * @typedef {import('./checks.mjs').Step} Step
 * @typedef {import('./testCounts.mjs').Counts} Counts
 */

/**
 * Runs tracks of steps side by side and the steps of each one after the other, and notes what comes of them.
 * @param {(step: Step) => Promise<Counts>} runStep
 * @param {boolean} keepGoing whether the steps behind a failure are run all the same
 */
export const createRun = (runStep, keepGoing) => {
  let total = noCounts
  /** @type {string[]} */
  const notRun = []
  /** @param {readonly Step[]} track */
  const runTrack = async (track) => {
    for (const step of track) {
      if (total.failures.length > 0 && !keepGoing) {
        notRun.push(step.title)
        continue
      }
      const counts = await runStep(step)
      // Read only now: another track may have counted while this step ran.
      total = addCounts(total, counts)
    }
  }
  return {
    /** @param {readonly (readonly Step[])[]} tracks */
    side: async (tracks) => {
      await Promise.all(tracks.map(runTrack))
    },
    total: () => total,
    notRun,
  }
}
