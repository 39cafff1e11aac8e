export { answerRequest, servedImages, type Answer, type AnswerOptions } from './answer.ts';
export { requestImage, type RequestOptions, type RequestResult } from './request.ts';
