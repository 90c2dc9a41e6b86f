import { app, type BrowserWindow, type ProcessMetric } from 'electron'
import type { ProcessMeasure, ProcessPart, SharedMemory } from '#shared/model/memory'
import { childrenOf, linuxBytes } from './linuxMemory'

/** What each process of the application uses now, as far as the system tells it without counting shared memory twice. */
export const measureProcesses = async (window: BrowserWindow | null): Promise<ProcessMeasure> => {
  const processes: Record<ProcessPart, number> = { main: 0, window: 0, graphics: 0, other: 0 }
  const windowPid = pidOf(window)
  const metrics = app.getAppMetrics()
  // One after the other: the kernel holds back a process's own changes to its memory while it counts.
  for (const metric of metrics) processes[partOf(metric, windowPid)] += await bytesOf(metric)
  if (process.platform === 'linux') processes.other += await unlistedBytes(metrics)
  return { processes, shared: sharedOn[process.platform] ?? 'inEach' }
}

const sharedOn: Partial<Record<NodeJS.Platform, SharedMemory>> = { linux: 'divided', win32: 'leftOut' }

/** Which part a process belongs to; `windowPid` is the page's, null = there is none. */
const partOf = ({ type, pid }: Pick<ProcessMetric, 'type' | 'pid'>, windowPid: number | null): ProcessPart => {
  if (pid === windowPid) return 'window'
  if (type === 'Browser') return 'main'
  return type === 'GPU' ? 'graphics' : 'other'
}

const pidOf = (window: BrowserWindow | null) =>
  !window || window.isDestroyed() || window.webContents.isCrashed() ? null : window.webContents.getOSProcessId()

/** Electron counts in KiB; private bytes it knows on Windows only, and macOS tells of other processes no more than this. */
const bytesOf = async ({ pid, memory }: ProcessMetric): Promise<number> =>
  process.platform === 'linux' ? linuxBytes(pid) : (memory.privateBytes ?? memory.workingSetSize) * 1024

/** The processes that pages are forked from, which Electron does not list. */
const unlistedBytes = async (metrics: readonly ProcessMetric[]): Promise<number> => {
  const listed = new Set(metrics.map(({ pid }) => pid))
  let bytes = 0
  for (const pid of await childrenOf(process.pid)) if (!listed.has(pid)) bytes += await linuxBytes(pid)
  return bytes
}
