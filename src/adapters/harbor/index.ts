export { isHarbor, type HarborReply, type HarborRequest, type HarborSend } from './transport.ts';
export { openHarbor, type Harbor, type HarborOptions } from './harbor.ts';
export type {
  HarborEndpoint,
  HarborInfo,
  HarborProject,
  HarborRobot,
  HarborRobotSecret,
  HarborSummary,
} from './types.ts';
