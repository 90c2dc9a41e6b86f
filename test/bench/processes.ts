import type { ElectronApplication } from '@playwright/test'

export interface Use {
  /** Cores, by kind of process. */
  readonly cores: { readonly main: number; readonly window: number; readonly graphics: number; readonly all: number }
  /** Resident bytes of all processes together. */
  readonly bytes: number
}

/** CPU since the call before (the first answers since the start), and memory now. */
export const readUse = (app: ElectronApplication): Promise<Use> =>
  app.evaluate(({ app: running }) => {
    const metrics = running.getAppMetrics()
    // Chromium counts a core as 100 on Linux and macOS; on Windows all cores together are 100.
    const coresOf = (kind: string | null) =>
      metrics
        .filter(({ type }) => kind === null || type === kind)
        .reduce((sum, { cpu }) => sum + cpu.percentCPUUsage / 100, 0)
    return {
      cores: { main: coresOf('Browser'), window: coresOf('Tab'), graphics: coresOf('GPU'), all: coresOf(null) },
      bytes: metrics.reduce((sum, { memory }) => sum + memory.workingSetSize * 1_024, 0),
    }
  })
