/** `node load`. */
export const nodeLoad = {
  has: 'has the image already',
  lacks: (bytes: string, size: string, layers: number, way: string) =>
    `gets ${bytes} of ${size}: ${layers} ${layers === 1 ? 'layer' : 'layers'} that it lacks, ${way}`,
  throughApi: 'these bytes go through the API server',
  nothing: 'every node has the image under this name already',
} as const;
