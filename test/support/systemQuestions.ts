import type { ElectronApplication } from '@playwright/test'

/** From now on the person answers the system's questions with the first button (0, no) or the second (1, yes). */
export const answerQuestions = (app: ElectronApplication, response: 0 | 1): Promise<void> =>
  app.evaluate(({ dialog }, answer) => {
    dialog.showMessageBox = (...given: unknown[]) => {
      Object.assign(globalThis, { asked: given.at(-1) })
      return Promise.resolve({ response: answer, checkboxChecked: false })
    }
  }, response)

/** The latest question, as text; "null" = there was none. */
export const latestQuestion = (app: ElectronApplication): Promise<string> =>
  app.evaluate(() => JSON.stringify((globalThis as unknown as { asked?: unknown }).asked ?? null))
