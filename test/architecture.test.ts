import { readFileSync, readdirSync } from 'node:fs'
import { join, sep } from 'node:path'
import { describe, expect, it } from 'vitest'
import { repoFolder } from '../build/lib/paths.mjs'
import { importsOf, violationsIn } from './support/layers'

const sourcesIn = (folder: string) =>
  readdirSync(join(repoFolder, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(repoFolder.length + 1))
    .map((path) => path.split(sep).join('/'))

describe('the layers', () => {
  it.each(['shared', 'electron', 'renderer'])('hold in %s', (folder) => {
    const files = sourcesIn(folder)
    expect(files.length).toBeGreaterThan(0)
    const violations = files.flatMap((file) => violationsIn(file, readFileSync(join(repoFolder, file), 'utf8')))
    expect(violations).toEqual([])
  })
})

describe('the layer check', () => {
  it.each([
    ['shared/result.ts', "import { readFile } from 'node:fs'"],
    ['shared/contract.ts', "import { x } from '../renderer/store/appStore'"],
    ['shared/contract.ts', "import { useState } from 'react'"],
    ['electron/core/dispatch.ts', "import { app } from 'electron'"],
    ['electron/core/dispatch.ts', "import type { BrowserWindow } from 'electron'"],
    ['electron/core/dispatch.ts', "import { ipc } from '../main/ipc'"],
    ['electron/main/main.ts', "import { App } from '../../renderer/App'"],
    ['electron/main/main.ts', "const { App } = await import('../../renderer/App')"],
    ['electron/main/main.ts', "import mqtt from 'mqtt'"],
    ['electron/core/broker/session/brokerSession.ts', "import type { MqttClient } from 'mqtt'"],
    ['electron/preload/preload.ts', "import { createCore } from '../core/createCore'"],
    ['renderer/main.tsx', "export * from '../electron/core/dispatch'"],
    ['renderer/model/topicIndex.ts', "import { useMemo } from 'react'"],
    ['renderer/ui/Button.tsx', "import { useApp } from '../store/useApp'"],
    ['renderer/features/log/logSlice.ts', "import { publish } from '../publish/publishSlice'"],
    ['renderer/features/log/logSlice.ts', "import { useApp } from '../../store/useApp'"],
    ['renderer/features/log/LogRow.tsx', "import {\n  api,\n} from '../../ipc/api'"],
    ['renderer/features/log/LogRow.tsx', "import '../../../test/support/waitFor'"],
  ])('finds that %s must not say: %s', (file, text) => {
    expect(violationsIn(file, text)).toHaveLength(1)
  })

  it.each([
    ['shared/contract.ts', "import { z } from 'zod'\nimport { ok } from './result'"],
    ['electron/main/main.ts', "import { app } from 'electron'\nimport { createCore } from '../core/createCore'"],
    ['electron/core/broker/mqttJs/mqttTransport.ts', "import { MqttClient } from 'mqtt'"],
    ['electron/core/handlers.ts', "import { ok } from '#shared/result'\nimport { join } from 'node:path'"],
    [
      'electron/core/broker/session/brokerSession.ts',
      "// import { app } from 'electron'\nimport mqttPacket from 'mqtt-packet'",
    ],
    ['renderer/App.tsx', "import { LogPane } from './features/log/LogPane'"],
    ['renderer/features/log/logSlice.ts', "import type { SliceCreator } from '../../store/appStore'"],
    ['renderer/features/log/LogRow.tsx', "import { useApp } from '../../store/useApp'\nimport './log.css'"],
    ['renderer/features/log/rows/Row.tsx', "import { selectRows } from '../logSelectors'"],
    ['renderer/features/log/log.test.ts', "import { waitFor } from '../../../test/support/waitFor'"],
  ])('lets %s say: %s', (file, text) => {
    expect(importsOf(file, text).length).toBeGreaterThan(0)
    expect(violationsIn(file, text)).toEqual([])
  })
})
