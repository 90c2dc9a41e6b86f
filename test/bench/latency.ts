import type { Page } from '@playwright/test'

export interface LatencyFigures {
  /** Probes that were never seen. */
  readonly missing: number
  readonly p50Ms: number
  readonly p95Ms: number
}

interface Probes {
  /** How many were published since the watch began. */
  readonly sent: number
  readonly intervalMs: number
}

type WatchingWindow = Window & { probeWatch?: { stop(): number[] } }

const percentile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN

/** Watches a topic's row in the tree for values `{"sentAt":…}`: from the publisher's clock to the text in the page. */
export const watchLatency = async (page: Page, topic: string) => {
  await page.evaluate((watched) => {
    const latencies: number[] = []
    let last = ''
    const look = () => {
      const text = document.querySelector(`[role="treeitem"][data-topic="${watched}"]`)?.textContent ?? ''
      const found = /"sentAt":(\d+)/.exec(text)?.[1]
      if (found === undefined || found === last) return
      last = found
      latencies.push(Date.now() - Number(found))
    }
    look()
    latencies.length = 0
    const observer = new MutationObserver(look)
    const tree = document.querySelector('[role="tree"]')
    if (tree) observer.observe(tree, { subtree: true, childList: true, characterData: true })
    const stop = () => {
      observer.disconnect()
      return latencies
    }
    ;(window as WatchingWindow).probeWatch = { stop }
  }, topic)
  return {
    /** A probe of which nothing was seen was replaced by the next before it was drawn: it counts as their interval. */
    stop: async ({ sent, intervalMs }: Probes): Promise<LatencyFigures> => {
      const seen = await page.evaluate(() => (window as WatchingWindow).probeWatch!.stop())
      const missing = Math.max(0, sent - seen.length)
      const latencies = [...seen, ...Array.from({ length: missing }, () => intervalMs)]
      const sorted = latencies.toSorted((left, right) => left - right)
      return { missing, p50Ms: percentile(sorted, 0.5), p95Ms: percentile(sorted, 0.95) }
    },
  }
}
