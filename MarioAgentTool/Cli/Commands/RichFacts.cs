using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using Newtonsoft.Json;

namespace MarioAgentTool.Cli.Commands;

/// <summary>What a frame tells beyond gym's ten keys, kept until it is written.</summary>
internal sealed class RichFacts
{
    private readonly List<(string Name, object Value)> _facts = [];
    private readonly List<(int Slot, ObjectType Type, ObjectKind Kind, int X, int Y, byte State)> _objects = [];

    /// <summary>Takes this frame's in place of the last one's.</summary>
    public void Take(in MarioFrame frame)
    {
        _facts.Clear();
        _objects.Clear();
        Add("mode", frame.Mode);
        Add("routine", frame.Routine);
        Add("listening", frame.IsListening);
        Add("frozen", frame.IsFrozen);
        Add("paused", frame.IsPaused);
        Add("ending", Endings.Of(frame));
        Add("area", frame.Area);
        Add("area_pointer", frame.AreaPointer);
        Add("area_type", frame.AreaType);
        Add("coin_heaven", frame.IsCloudArea);
        Add("maze", frame.IsMaze);
        Add("warp_zone", frame.IsWarpZone);
        Add("halfway_page", frame.HalfwayPage);
        Add("x", frame.LevelX);
        Add("x_subpixel", frame.XSubpixel);
        Add("y", frame.Y);
        Add("y_subpixel", frame.YSubpixel);
        Add("y_viewport", frame.YHigh);
        Add("x_speed", frame.XSpeed);
        Add("y_speed", frame.YSpeed);
        Add("screen_x", frame.ScreenX);
        Add("screen_left", frame.ScreenLeft);
        Add("float_state", frame.FloatState);
        Add("power", frame.Power);
        Add("big", frame.IsBig);
        Add("crouching", frame.IsCrouching);
        Add("swimming", frame.IsSwimming);
        Add("facing_right", frame.FacesRight);
        Add("injury_timer", frame.InjuryTimer);
        Add("star_timer", frame.StarTimer);
        Add("held", ActionSet.Describe(frame.Held));
        Add("can_jump", frame.CanJump);
        Add("score", frame.Score);
        Add("time_up", frame.IsTimeUp);
        Add("clock_tick", frame.ClockTick);
        Add("frame_counter", frame.FrameCounter);
        Add("chance", BitConverter.ToString(frame.Chance.ToArray()).Replace("-", ""));
        for (int slot = 0; slot < RamMap.ObjectSlots; slot++)
        {
            ObjectSlot thing = frame.Object(slot);
            if (thing.IsActive)
            {
                _objects.Add((slot, thing.Type, thing.Kind, thing.LevelX, thing.Y, thing.State));
            }
        }
    }

    /// <summary>Writes them as the property <c>rich</c>.</summary>
    public void Write(JsonTextWriter output)
    {
        output.WritePropertyName("rich");
        output.WriteStartObject();
        foreach ((string name, object value) in _facts)
        {
            Property(output, name, value);
        }

        output.WritePropertyName("objects");
        output.WriteStartArray();
        foreach (var (slot, type, kind, x, y, state) in _objects)
        {
            output.WriteStartObject();
            Property(output, "slot", slot);
            Property(output, "type", type);
            Property(output, "kind", kind);
            Property(output, "x", x);
            Property(output, "y", y);
            Property(output, "state", state);
            output.WriteEndObject();
        }

        output.WriteEndArray();
        output.WriteEndObject();
    }

    private void Add(string name, object value) => _facts.Add((name, value));

    // Enumerations by name where the value has one: ROMs like the game may hold others.
    private static void Property(JsonTextWriter output, string name, object value)
    {
        output.WritePropertyName(name);
        output.WriteValue(value is Enum ? value.ToString() : value);
    }
}
