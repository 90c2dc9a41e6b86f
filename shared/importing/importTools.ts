import type { ImportTool } from './foreignConnection'
import {
  addresses,
  mixedCommands,
  mosquittoCommands,
  mosquittoOptionFile,
  mqttCliCommands,
  mqttxCommands,
} from './tools/commandLines'
import { mqttxCli, zigbee2mqtt } from './tools/configurations'
import { correoMqtt } from './tools/correoMqtt'
import { mosquittoBridge, mqttCli, mqttxCliConfig } from './tools/lineConfigurations'
import { iotMqttPanel } from './tools/iotMqttPanel'
import { mqtt5Explorer } from './tools/mqtt5Explorer'
import { mqttAnalyzer } from './tools/mqttAnalyzer'
import { mqttBox } from './tools/mqttBox'
import { mqttExplorer } from './tools/mqttExplorer'
import { mqttFx } from './tools/mqttFx'
import { mqttInsight } from './tools/mqttInsight'
import { mqttk } from './tools/mqttk'
import { mqttMultimeter } from './tools/mqttMultimeter'
import { mqttPlus } from './tools/mqttPlus'
import { mqttSpy } from './tools/mqttSpy'
import { mqttViewer } from './tools/mqttViewer'
import { mqttx } from './tools/mqttx'
import { nodeRed } from './tools/nodeRed'
import {
  lazyMqtt,
  lazyMqttAlerts,
  lazyMqttSchemas,
  mqttForge,
  mqttForgeColours,
  mqttLooter,
  transmitron,
} from './tools/smallTools'
import { telegraf } from './tools/telegraf'
import { topicscope } from './tools/topicscope'
import { vsMqtt } from './tools/vsMqtt'

/** A file belongs to the first that recognises it. */
export const importTools: readonly ImportTool[] = [
  topicscope,
  mqttx,
  mqttExplorer,
  mqttFx,
  mqttViewer,
  mqttAnalyzer,
  mqttPlus,
  mqttSpy,
  nodeRed,
  mosquittoOptionFile,
  mosquittoCommands,
  mqttxCommands,
  mqttCliCommands,
  addresses,
  mixedCommands,
  mqttMultimeter,
  mqttk,
  mqttInsight,
  correoMqtt,
  vsMqtt,
  mqttBox,
  mqtt5Explorer,
  transmitron,
  mqttForge,
  mqttForgeColours,
  lazyMqtt,
  lazyMqttSchemas,
  lazyMqttAlerts,
  iotMqttPanel,
  telegraf,
  mqttLooter,
  mqttxCli,
  mqttxCliConfig,
  mqttCli,
  mosquittoBridge,
  zigbee2mqtt,
]
