import type { CreateTrainingJobCommandInput } from '@aws-sdk/client-sagemaker'
import { roleArn } from './statements.ts'

/** What SageMaker's resources run as. */
export const roleOfLab = roleArn('lab')

/** A request for training that SageMaker takes. Image: Amazon SageMaker, "Docker Registry Paths and Example Code". */
export function trainingJob(name: string, seconds = 600): CreateTrainingJobCommandInput {
  return {
    TrainingJobName: name,
    AlgorithmSpecification: {
      TrainingImage: '438346466558.dkr.ecr.eu-west-1.amazonaws.com/linear-learner:1',
      TrainingInputMode: 'File',
    },
    RoleArn: roleOfLab,
    OutputDataConfig: { S3OutputPath: 's3://elsewhere/models' },
    ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 5 },
    StoppingCondition: { MaxRuntimeInSeconds: seconds },
  }
}
