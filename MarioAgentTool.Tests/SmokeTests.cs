namespace MarioAgentTool.Tests;
public class SmokeTests { [Test] public void X() => Assert.That(1, Is.EqualTo(1)); }
