import { app, type BrowserWindow, type ProcessMetric } from 'electron'
import type { ProcessMemory, ProcessPart } from '#shared/model/memory'

/** Which part a process belongs to; `windowPid` is the page's, null = there is none. */
const partOf = ({ type, pid }: Pick<ProcessMetric, 'type' | 'pid'>, windowPid: number | null): ProcessPart => {
  if (pid === windowPid) return 'window'
  if (type === 'Browser') return 'main'
  return type === 'GPU' ? 'graphics' : 'other'
}

const pidOf = (window: BrowserWindow | null) =>
  !window || window.isDestroyed() || window.webContents.isCrashed() ? null : window.webContents.getOSProcessId()

/** What each process of the application uses now, as the system counts it. */
export const measureProcesses = (window: BrowserWindow | null): ProcessMemory => {
  const bytes: Record<ProcessPart, number> = { main: 0, window: 0, graphics: 0, other: 0 }
  const windowPid = pidOf(window)
  for (const metric of app.getAppMetrics()) bytes[partOf(metric, windowPid)] += metric.memory.workingSetSize * 1024
  return bytes
}
