using NUnit.Framework.Interfaces;

[assembly: MarioAgentTool.Tests.SkipReasons]

namespace MarioAgentTool.Tests;

/// <summary>Says on the console why a test was skipped: the runner by itself prints only its name.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class SkipReasonsAttribute : Attribute, ITestAction
{
    public ActionTargets Targets => ActionTargets.Test;

    public void BeforeTest(ITest test)
    {
    }

    public void AfterTest(ITest test)
    {
        TestContext.ResultAdapter result = TestContext.CurrentContext.Result;
        if (result.Outcome.Status == TestStatus.Skipped)
        {
            TestContext.Error.WriteLine($"{test.FullName} is skipped: {result.Message}");
        }
    }
}
