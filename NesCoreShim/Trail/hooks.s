; Stand-ins until the objects' files are merged.

SFX_PIPE = SFX_BUMP
SFX_SWIM = SFX_JUMP
SFX_VINE = SFX_POLE
SFX_AXE  = SFX_COIN

StartObjects:
UpdateFireballs:
SetFrenzy:
BossFalls:
ThrowFireball:
PlayAreaMusic:
PlayMusic:
    rts
UpdateMisc:
    jmp UpdateCoins
ChangeSize:
InjuryBlink:
TakeFire:
    lda #ROUTINE_PLAY
    sta PlayerRoutine
    jmp ControlPlayer
InitObject:
    lda EnemyType,x
    cmp #TYPE_WALKER
    beq :+
    lda #0
    sta EnemyActive,x
    rts
:   lda #<-8
    sta EnemyXSpeed,x
    rts
MUSIC_NONE = 0
MUSIC_DEATH = 0
MUSIC_CLEAR = 0
MUSIC_CASTLE_CLEAR = 0
MUSIC_GAME_OVER = 0
