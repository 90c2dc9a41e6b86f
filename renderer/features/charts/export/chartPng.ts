import { visibleName } from '#shared/text/visibleText'
import type { Chart } from '#shared/model/chart'
import { seriesName } from '../seriesName'

/** The drawn chart as it is on screen, with the names of its series below; null = it is not drawn. */
export const chartPng = async (drawn: HTMLCanvasElement | null, { series }: Chart): Promise<Uint8Array | null> => {
  if (!drawn) return null
  const page = drawn.ownerDocument
  const style = getComputedStyle(drawn)
  const line = 18 * devicePixelRatio
  const canvas = page.createElement('canvas')
  canvas.width = drawn.width
  canvas.height = drawn.height + line * (series.length + 0.5)
  const context = canvas.getContext('2d')
  if (!context) return null
  context.fillStyle = style.getPropertyValue('--surface').trim()
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(drawn, 0, 0)
  context.font = `${12 * devicePixelRatio}px ${style.getPropertyValue('--font-ui').trim()}`
  series.forEach((one, place) => {
    context.fillStyle = style.getPropertyValue(`--colour-${one.colour}`).trim()
    context.fillText(visibleName(seriesName(one)), line, drawn.height + line * (place + 0.8))
  })
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  return blob ? new Uint8Array(await blob.arrayBuffer()) : null
}
