; The boss, 2D: walks to and fro before his bridge's end, hops, breathes flames; five fireballs, or no bridge,
; are the end of him.

BOSS_HITS = 5

InitBoss:
    lda #BOSS_HITS
    sta BossHits
    lda EnemyY,x                ; he is 40 high, not 24
    sec
    sbc #16
    sta EnemyY,x
    sta SlotOriginY,x
    lda EnemyX,x
    sta BossOriginX
    lda #<-1                    ; from his place towards the hero, and back
    sta BossSpeed
    lda #$60
    sta BossJumpTimer
    lda #$80
    sta BossFlameTimer
    rts

MoveBoss:
    lda EnemyState,x
    beq @stands
    jmp FallOut                 ; no bridge under him
@stands:
    jsr FaceHero
    sta EnemyDir,x
    lda FrameCounter
    and #3
    bne @jump
    lda EnemyX,x
    clc
    adc BossSpeed
    sta EnemyX,x
    ldy BossSpeed
    bmi :+
    bcc @range
    inc EnemyPage,x
    bne @range
:   bcs @range
    dec EnemyPage,x
@range:
    lda EnemyX,x
    sec
    sbc BossOriginX
    beq @forward
    cmp #<-32
    bne @jump
    lda #1
    bne @turn
@forward:
    lda #<-1
@turn:
    sta BossSpeed
@jump:
    lda #$18
    ldy #4
    jsr FallObject
    lda EnemyYSpeed,x
    bmi @flames
    lda EnemyY,x
    cmp SlotOriginY,x
    bcc @flames
    lda SlotOriginY,x
    sta EnemyY,x
    lda #0
    sta EnemyYSpeed,x
    sta EnemyYForce,x
    dec BossJumpTimer
    bne @flames
    lda Lfsr+1
    and #$3F
    ora #$40
    sta BossJumpTimer
    lda #<-3
    sta EnemyYSpeed,x
@flames:
    lda FrenzyKind              ; his flames come from him now
    cmp #TYPE_FLAME
    bne :+
    lda #0
    sta FrenzyKind
:   dec BossFlameTimer
    bne @end
    lda Lfsr+2
    and #$3F
    ora #$50
    sta BossFlameTimer
    lda PlayerRoutine
    cmp #ROUTINE_PLAY
    bne @end
    lda EnemyDir,x
    lsr a
    bcs @end                    ; nobody in front of him
    stx Tmp+7
    jsr FindSlot
    bcs @back
    lda #TYPE_FLAME
    jsr TakeSlot
    ldy Tmp+7
    lda EnemyX,y
    sec
    sbc #14
    sta EnemyX,x
    lda EnemyPage,y
    sbc #0
    sta EnemyPage,x
    lda EnemyY,y
    clc
    adc #8
    sta EnemyY,x
    jsr IgniteFlame
    lda Lfsr+3
    and #3
    tay
    lda @heights,y
    clc
    ldy Tmp+7
    adc SlotOriginY,y
    sta SlotOriginY,x
@back:
    ldx Tmp+7
@end:
    rts
@heights:
    .byte 28, 16, 4, <-12

; The bridge is gone: he falls, and nothing burns any more.
BossFalls:
    lda #0
    sta FrenzyKind
    ldx #4
@slot:
    lda EnemyActive,x
    beq @next
    lda EnemyType,x
    cmp #TYPE_FLAME
    beq @out
    cmp #TYPE_BOSS
    bne @next
    lda #STATE_DROPS
    sta EnemyState,x
    lda #0
    sta EnemyYSpeed,x
    lda #SFX_BOSS_FALLS
    jsr StartSound
    bne @next
@out:
    jsr EraseEnemy
@next:
    dex
    bpl @slot
    rts

; A fireball hit boss X.
SingeBoss:
    dec BossHits
    beq @out
    lda #SFX_BUMP
    jmp StartSound
@out:
    jsr DefeatObject
    ldx #3
    lda #5
    jmp AddScore
