"""From the start of a process to its first signed request, with botosmith."""

from benchmarks.programs.call import ARGUMENTS, CREATED, stub
from benchmarks.programs.peak import print_peak

from botosmith import sagemaker


def main() -> None:
    """Do as a script would that creates an experiment and is done."""
    client = stub(sagemaker.Client(**ARGUMENTS), CREATED)
    client.create_inference_experiment(
        name="churn-shadow-test",
        type="ShadowMode",
        role_arn="arn:aws:iam::123456789012:role/service-role/sagemaker",
        endpoint_name="churn",
        model_variants=[
            sagemaker.ModelVariantConfig(
                model_name=f"churn-{name}",
                variant_name=name,
                infrastructure_config=sagemaker.ModelInfrastructureConfig(
                    infrastructure_type="RealTimeInference",
                    real_time_inference_config=sagemaker.RealTimeInferenceConfig(
                        instance_type="ml.m5.large", instance_count=2
                    ),
                ),
            )
            for name in ("production", "shadow")
        ],
        shadow_mode_config=sagemaker.ShadowModeConfig(
            source_model_variant_name="production",
            shadow_model_variants=[
                sagemaker.ShadowModelVariantConfig(
                    shadow_model_variant_name="shadow", sampling_percentage=10
                )
            ],
        ),
    )


main()
print_peak()
