using MarioAgentTool.Game;

namespace MarioAgentTool.Tests.Agent.Game;

public class ActionSetTests
{
    [TestCase("right-only", "none;right;right+A;right+B;right+A+B")]
    [TestCase("simple", "none;right;right+A;right+B;right+A+B;A;left")]
    [TestCase("complex", "none;right;right+A;right+B;right+A+B;A;left;left+A;left+B;left+A+B;down;up")]
    [TestCase("tutorial", "right;right+A")]
    public void Named_sets_keep_gyms_index_order(string name, string expected) => Assert.That(Actions(name), Is.EqualTo(expected));

    [TestCase("RIGHT_ONLY", "right-only")]
    [TestCase("SIMPLE_MOVEMENT", "simple")]
    [TestCase(" Complex_Movement ", "complex")]
    public void Gyms_names_are_understood(string name, string ours) => Assert.That(ActionSet.Parse(name).Name, Is.EqualTo(ours));

    [TestCase("right+A,right+B", "right+A;right+B")]
    [TestCase(" noop, RIGHT , b+a+right", "none;right;right+A+B")]
    [TestCase("left", "left")]
    public void A_list_is_a_set_of_its_own(string list, string expected) => Assert.That(Actions(list), Is.EqualTo(expected));

    [Test]
    public void A_custom_sets_name_parses_to_the_same_set()
    {
        var set = ActionSet.Parse("b + right, none");
        Assert.That(Actions(set.Name), Is.EqualTo("right+B;none"));
    }

    [TestCase("fast", "\"fast\" is no action set")]
    [TestCase("right,jump", "\"jump\"")]
    [TestCase("right,,left", "\"\"")]
    [TestCase("right,start", "start is not for agents")]
    [TestCase("A+select,right", "select is not for agents")]
    [TestCase("left+right,A", "opposite directions")]
    [TestCase("right+A,A+right", "Actions 0 and 1")]
    public void What_is_wrong_with_a_list_is_said(string text, string message) =>
        Assert.That(() => ActionSet.Parse(text), Throws.TypeOf<FormatException>().With.Message.Contains(message));

    private static string Actions(string text)
    {
        var names = new List<string>();
        foreach (var action in ActionSet.Parse(text).Actions)
        {
            names.Add(ActionSet.Describe(action));
        }

        return string.Join(";", names);
    }
}
