namespace MarioAgentTool.Game;

// How a stage ends, in our words and in gym's, and what else gym asks.
public readonly ref partial struct MarioFrame
{
    /// <summary>The death leap, or the life already gone.</summary>
    public bool IsDying => Routine is PlayerRoutine.Death or PlayerRoutine.LoseLife;

    /// <summary>
    /// Below the screen with no way back, several frames before the game itself says so (it waits for five screens' depth and
    /// the music). In a coin heaven that is the exit, unless the clock has run out.
    /// </summary>
    public bool HasFallen => IsBelowScreen && (!IsCloudArea || IsTimeUp);

    /// <summary>Flagpole or axe: nothing can take the stage away any more.</summary>
    public bool IsCleared => Routine is PlayerRoutine.FlagpoleSlide or PlayerRoutine.EndOfLevel || Mode == OperatingMode.Victory;

    /// <summary>gym 7.4's _is_dying: the death leap, or below the screen wherever that is.</summary>
    public bool GymIsDying => Routine == PlayerRoutine.Death || _ram[RamMap.PlayerYHigh] > 1;

    /// <summary>gym 7.4's _is_dead.</summary>
    public bool GymIsDead => Routine == PlayerRoutine.LoseLife;

    /// <summary>gym 7.4's flag_get: the axe, or climbing while Bowser or the castle's flag is among the enemies.</summary>
    public bool GymFlagGet
    {
        get
        {
            if (Mode == OperatingMode.Victory)
            {
                return true;
            }

            if (FloatState != FloatState.Climbing)
            {
                return false;
            }

            for (int slot = 0; slot < 5; slot++)
            {
                if ((ObjectType)_ram[RamMap.ObjectType + slot] is ObjectType.Bowser or ObjectType.StarFlag)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>gym's y_pos: height above the screen's lower edge as 255 − scanline; more than 255 above the screen.</summary>
    public int GymY => 255 - _ram[RamMap.PlayerScreenY] + (_ram[RamMap.PlayerYHigh] < 1 ? 255 : 0);

    /// <summary>gym's _time, which differs from <see cref="Time"/> only where a byte is no digit.</summary>
    public int GymTime => (int)GymNumber(RamMap.TimeDigits, RamMap.TimeDigitCount);

    /// <summary>gym 7.4's _is_game_over.</summary>
    public bool GymIsGameOver => Lives == 0xFF;

    /// <summary>gym 7.4's _is_world_over.</summary>
    public bool GymIsWorldOver => Mode == OperatingMode.Victory;

    /// <summary>gym 7.4's _is_busy: the game leads Mario, or the stage is not on yet.</summary>
    public bool GymIsBusy => Routine <= PlayerRoutine.EndOfLevel || Routine == PlayerRoutine.AreaEntrance;

    /// <summary>gym's _read_mem_range: the bytes' decimal numerals written one after the other.</summary>
    internal long GymNumber(int address, int count)
    {
        long number = 0;
        for (int i = 0; i < count; i++)
        {
            int digit = _ram[address + i];
            number = number * (digit >= 100 ? 1000 : digit >= 10 ? 100 : 10) + digit;
        }

        return number;
    }

    // $FF is above: y high counts down when Mario is very far up.
    private bool IsBelowScreen => (sbyte)_ram[RamMap.PlayerYHigh] > 1;
}
